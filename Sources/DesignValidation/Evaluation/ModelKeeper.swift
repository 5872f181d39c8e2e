internal import Files

/// Keeps what a record holds of solved models.
struct ModelKeeper {
  /// What the names of the files begin with, folder and part.
  let path: String

  /// What a model was solved from.
  func checksums(of model: SolvedModel, deckAt deck: String) -> ModelChecksums {
    ModelChecksums(of: model, deckAt: deck)
  }

  /// Writes the fields of a model and says where, as a path in the run's folder.
  func write(_ fields: ModelFields, ofModel name: String) throws -> String {
    let file = path + "--" + FieldsName.text(name) + ".safetensors"
    // The folder is new and moved to its place as a whole.
    try AtomicFile.write(fields.bytes, to: file, syncsFolder: false)
    return RunFolder.fieldsName + "/" + file.lastComponent
  }
}
