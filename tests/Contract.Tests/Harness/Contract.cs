using System;
using System.Collections.Generic;

namespace SpecKitty.Contract.Tests.Harness;

/// <summary>Checks that hold for every answer, whatever test asked for it.</summary>
internal static class Contract
{
    internal static void Holds(bool condition, string otherwise)
    {
        if (!condition)
        {
            throw new ContractException(otherwise);
        }
    }

    internal static void Equal<T>(T actual, T expected, string what)
    {
        if (!EqualityComparer<T>.Default.Equals(actual, expected))
        {
            throw new ContractException($"{what}: got <{actual}>, expected <{expected}>");
        }
    }
}
