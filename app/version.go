package app

// Version is the version of the program, as FyneApp.toml and the changelog have it.
const Version = "0.3.0"
