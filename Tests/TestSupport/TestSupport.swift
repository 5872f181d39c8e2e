// helpers two suites share
