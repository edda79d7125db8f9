using System;
using SpecKitty.Cli;
using SpecKitty.Contract;

namespace SpecKitty;

/// <summary>argv → request → handler → envelope → one write, one exit status.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        if (args.Length > 0 && args[0] == ContractConstants.Group)
        {
            return OrchestratorApi.Run(args.AsSpan(1));
        }

        return TopLevel.Run(args);
    }
}
