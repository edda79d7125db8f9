using System.Linq;
using SpecKitty.Generators.Diagnostics;
using SpecKitty.Generators.Model;

namespace SpecKitty.Generators.Parsing;

/// <summary>Reads flags.json.</summary>
internal static class FlagsParser
{
    private const string Formerly = "formerly";

    public static FlagsModel Parse(SchemaFile file, ObjectReader reader, SchemaHead head) =>
        new(head.Id, head.Documentation, Entries.Read(file, reader, "flags", "flag", IdForm.Dashed, (entry, id) => Flag(file, entry, id)));

    private static FlagModel Flag(SchemaFile file, ObjectReader entry, string id)
    {
        bool isSwitch = entry.Choice("type", "type of a flag", "string", "switch") == "switch";
        string? formerly = entry.OptionalText(Formerly);
        if (formerly is not null && !IsFlagName(formerly))
        {
            file.Report(Descriptors.BadFlag, entry.SpanOf(Formerly), id, Formerly, "a flag's name is two dashes and a word");
        }

        return Flag(file, entry, id, isSwitch) with { TakesContents = entry.Flag("takesContents") && !isSwitch, Since = entry.Reference("since"), Formerly = formerly };
    }

    /// <summary>Reads what every flag has, those of tools too.</summary>
    public static FlagModel Flag(SchemaFile file, ObjectReader entry, string id, bool isSwitch)
    {
        var flag = new FlagModel(id, entry.Text(Entries.Documentation))
        {
            Name = entry.Text("name"),
            Negation = entry.OptionalText("negation"),
            IsSwitch = isSwitch,
            ValueName = entry.OptionalText("valueName"),
            Values = entry.Texts("values"),
            Default = entry.OptionalText("default"),
        };
        Check(file, entry, flag);

        // What contradicts the type has been reported, and is left out of what is made.
        return isSwitch ? flag with { ValueName = null, Values = [], Default = null } : flag with { Negation = null };
    }

    private static void Check(SchemaFile file, ObjectReader entry, FlagModel flag)
    {
        if (flag.IsSwitch)
        {
            foreach (string member in (string[])["valueName", "values", "default", "takesContents"])
            {
                Refuse(entry.Has(member), member, "it takes no value");
            }
        }
        else
        {
            Refuse(flag.Negation is not null, "negation", "only a switch can be negated");
            Refuse(flag.Default is not null && flag.Values.Count > 0 && !flag.Values.Contains(flag.Default), "default", "it is not one of its values");
        }

        Refuse(flag.Name.Length > 0 && !IsFlagName(flag.Name), "name", "a flag's name is two dashes and a word");
        Refuse(flag.Negation is not null && !IsFlagName(flag.Negation), "negation", "a flag's name is two dashes and a word");

        void Refuse(bool wrong, string member, string reason)
        {
            if (wrong)
            {
                file.Report(Descriptors.BadFlag, entry.SpanOf(member), flag.Id, member, reason);
            }
        }
    }

    private static bool IsFlagName(string name) => name.StartsWith("--", System.StringComparison.Ordinal) && IdForm.Dashed.Matches(name.Substring(2));
}
