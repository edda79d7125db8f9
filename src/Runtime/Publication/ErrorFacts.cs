using System.Collections.Generic;
using System.Text;
using SpecKitty.Contract;

namespace SpecKitty.Publication;

/// <summary>What the catalogue says of codes, for people.</summary>
internal static class ErrorFacts
{
    /// <summary>Every code.</summary>
    public static List<string> Names()
    {
        List<string> names = [];
        foreach (var code in ErrorCatalog.All)
        {
            names.Add(ErrorCatalog.Name(code));
        }

        return names;
    }

    /// <summary>Since when, how it appears, whether to try again, what is left behind: in one line.</summary>
    public static string Line(ErrorCode code)
    {
        var line = new StringBuilder("since ").Append(ContractLevels.Text(ErrorCatalog.Since(code)));
        if (ErrorCatalog.FallsBackTo(code) is { } other)
        {
            line.Append(", error_code ").Append(ErrorCatalog.Name(other)).Append(ErrorCatalog.IsReasonOnly(code) ? "" : " before that");
        }

        line.Append(ErrorCatalog.Retryable(code) ? ", may succeed later" : "");
        return line.Append(", effect ").Append(Effects.Name(ErrorCatalog.Effect(code))).ToString();
    }

    /// <summary>docs/errors/README.md: every code with a link to its page.</summary>
    public static string Index()
    {
        var text = new StringBuilder(
            """
            # Error codes

            `data.reason_code` of a failure has one of these; `error_code` has it too where the served level documents it, else the code beside it. `spec-kitty explain CODE`
            prints a page, `spec-kitty errors --json` this table for a program. The table is made of schemas/errors.json; the pages are written by hand.

            | Code | Meaning | Since | error_code | Retryable | Effect |
            |---|---|---|---|---|---|

            """);
        foreach (var code in ErrorCatalog.All)
        {
            string name = ErrorCatalog.Name(code);
            string shown = ErrorCatalog.FallsBackTo(code) is not { } other ? name
                : ErrorCatalog.IsReasonOnly(code) ? ErrorCatalog.Name(other)
                : $"{name}, before that {ErrorCatalog.Name(other)}";
            text.Append("| [").Append(name).Append("](").Append(name).Append(".md) | ").Append(ErrorCatalog.Documentation(code)).Append(" | ")
                .Append(ContractLevels.Text(ErrorCatalog.Since(code))).Append(" | ").Append(shown).Append(" | ")
                .Append(ErrorCatalog.Retryable(code) ? "yes" : "no").Append(" | ").Append(Effects.Name(ErrorCatalog.Effect(code))).Append(" |\n");
        }

        return text.ToString();
    }
}
