using System;

namespace VerifyTests;

/// <summary>What was answered is not what was verified.</summary>
public sealed class VerifyException(string message) : Exception(message);
