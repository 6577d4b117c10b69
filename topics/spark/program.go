package spark

import _ "embed"

// ProgramName is what Program is called in a folder.
const ProgramName = "klew_spark.py"

// Program is the driver, in Python.
//
//go:embed klew_spark.py
var Program []byte
