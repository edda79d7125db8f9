using System;

namespace SpecKitty.Contract.Tests.Harness;

/// <summary>An answer breaks a rule that every answer keeps.</summary>
public sealed class ContractException(string message) : Exception(message);
