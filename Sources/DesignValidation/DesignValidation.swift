// DesignValidation
