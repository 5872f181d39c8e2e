// FiniteElements
