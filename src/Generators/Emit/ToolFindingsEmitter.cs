using System.Collections.Generic;
using System.Linq;
using SpecKitty.Generators.Infrastructure;
using SpecKitty.Generators.Model;

namespace SpecKitty.Generators.Emit;

/// <summary>Emits a method a finding, and one for what was done about it; their parameters are the placeholders.</summary>
internal static class ToolFindingsEmitter
{
    private static readonly string Finding = CSharp.Own("ToolFinding");

    /// <summary>Adds the findings of a tool, if it has any, to its file.</summary>
    public static void Write(SourceWriter writer, ToolModel tool)
    {
        if (tool.Findings.Count == 0)
        {
            return;
        }

        string type = tool.Name + "Findings";
        using (writer.Type($"What {tool.Title} can find.", $"internal static class {type}"))
        {
            foreach (var finding in tool.Findings)
            {
                string name = Identifiers.Member(finding.Id, type);
                MessageTemplate text = MessageTemplate.Parse(finding.Text)!, remedy = MessageTemplate.Parse(finding.Remedy)!;
                string parameters = Parameters(text.Parameters.Concat(remedy.Parameters).Distinct());
                writer.Summary(finding.Text);
                using (writer.Block($"public static {Finding} {name}(string place{parameters}) => new()", "};"))
                {
                    writer.Line($"Code = {Literals.Text(finding.Id)},");
                    writer.Line($"Severity = {CSharp.Own("FindingSeverity")}.{Identifiers.Pascal(finding.Severity)},");
                    writer.Line("Place = place,");
                    writer.Line($"Message = {text.ToExpression(Identifiers.Safe)},");
                    writer.Line($"Remedy = {remedy.ToExpression(Identifiers.Safe)},");
                    if (finding.Fix is not null)
                    {
                        writer.Line("IsFixable = true,");
                    }
                }

                writer.Line();
                if (finding.Fix is not null && MessageTemplate.Parse(finding.Fix) is { } fix)
                {
                    string known = Parameters(fix.Parameters);
                    writer.Summary(finding.Fix).Line($"public static string {name}Fix({(known.Length > 0 ? known.Substring(2) : "")}) => {fix.ToExpression(Identifiers.Safe)};").Line();
                }
            }
        }
    }

    private static string Parameters(IEnumerable<string> names) => string.Concat(names.Select(static name => ", string " + Identifiers.Safe(name)));
}
