// DeckAnalysis
