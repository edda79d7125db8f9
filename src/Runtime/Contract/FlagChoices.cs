using System.Collections.Generic;

namespace SpecKitty.Contract;

/// <summary>What the value of a flag can be, for people: help and completions.</summary>
internal static class FlagChoices
{
    /// <summary>The flag's own values, or the lanes where it names one; empty where anything goes.</summary>
    public static string[] Of(FlagDefinition flag)
    {
        if (flag.Name != Flags.To)
        {
            return flag.Values;
        }

        var lanes = new string[Lanes.Displayed.Length];
        for (int i = 0; i < lanes.Length; i++)
        {
            lanes[i] = Lanes.Name(Lanes.Displayed[i]);
        }

        return lanes;
    }
}
