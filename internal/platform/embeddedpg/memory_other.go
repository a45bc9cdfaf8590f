//go:build !linux

package embeddedpg

const memoryFolder = ""

func hasMemoryFolder() bool { return false }
