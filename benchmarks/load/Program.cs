using System;
using System.Globalization;
using System.IO;

namespace SpecKitty.Load;

/// <summary>load concurrency|run EXECUTABLE SECONDS: prints a report in Markdown.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        if (args.Length != 3 || args[0] is not ("concurrency" or "run") || !File.Exists(args[1]) || !double.TryParse(args[2], out double seconds))
        {
            Console.Error.WriteLine("usage: load concurrency|run EXECUTABLE SECONDS");
            return 2;
        }

        string top = Directory.CreateTempSubdirectory("spec-kitty-load-").FullName;
        try
        {
            if (args[0] == "concurrency")
            {
                new Concurrency(args[1], top, seconds).Run();
            }
            else
            {
                new SimulatedRun(args[1], top, seconds).Run();
            }
        }
        finally
        {
            Directory.Delete(top, recursive: true);
        }

        return 0;
    }
}
