using System.Runtime.Versioning;

// The product and its tests are about Linux: locks, modes and signals are POSIX here.
[assembly: SupportedOSPlatform("linux")]
