using System.Collections.Generic;
using System.Linq;
using SpecKitty.Generators.Infrastructure;
using SpecKitty.Generators.Model;

namespace SpecKitty.Generators.Emit;

/// <summary>Emits the lane machine: edges as a switch, a method a guard.</summary>
internal static class LaneMachineEmitter
{
    private const string Inputs = "in global::SpecKitty.Contract.GuardInputs inputs";

    public static Emission Emit(LaneMachineInput input)
    {
        var (lanes, firstLevel) = input;
        var writer = CSharp.File(lanes.Id.Id);
        using (writer.Type("What the guards of the lane machine look at.", "internal readonly ref struct GuardInputs"))
        {
            foreach (var fact in lanes.Inputs)
            {
                writer.Summary(fact.Documentation).Line($"public {(fact.IsFlag ? "bool" : "string?")} {Input(fact.Id)} {{ get; init; }}");
            }
        }

        using (writer.Type(lanes.Documentation, "internal static class LaneMachine"))
        {
            Reject(writer, lanes);
            foreach (var guard in lanes.Guards)
            {
                Guard(writer, guard, firstLevel);
            }

            writer.Line().Summary("What is said of a move along no edge.").Line(
                $"private static string Illegal({CSharp.Lane} from, {CSharp.Lane} to) => {Message(lanes.IllegalMessage)};");
        }

        return new Emission("Lanes.machine.g.cs", writer.Finish(), null);
    }

    private static void Reject(SourceWriter writer, LanesModel lanes)
    {
        writer.Summary("Whether a work package may move, by the rules of a contract level. Null when it may, else why not.");
        using (writer.Block($"public static string? Reject({CSharp.Lane} from, {CSharp.Lane} to, bool force, {Inputs}, {CSharp.Level} level)"))
        {
            using (writer.Block("if (force)"))
            {
                Force(writer, lanes);
            }

            writer.Line();
            using (writer.Block("return (from, to) switch", "};"))
            {
                foreach (var edge in lanes.Edges)
                {
                    string guards = string.Join(" ?? ", edge.Guards.Select(static guard => $"{GuardName(guard.Id)}(in inputs, from, to, level)"));
                    writer.Line($"({LanesEmitter.Value(edge.From.Id)}, {LanesEmitter.Value(edge.To.Id)}) => {(guards.Length > 0 ? guards : "null")},");
                }

                writer.Line("_ => Illegal(from, to),");
            }
        }
    }

    private static void Force(SourceWriter writer, LanesModel lanes)
    {
        var never = lanes.Lanes.Where(static lane => !lane.ForceTarget).Select(static lane => LanesEmitter.Value(lane.Id)).ToList();
        if (never.Count > 0)
        {
            using (writer.Block($"if (to is {string.Join(" or ", never)})"))
            {
                writer.Line("return Illegal(from, to);");
            }

            writer.Line();
        }

        string lacking = string.Join(" || ", lanes.ForceRequires.Select(static input => IsBlank(input.Id)));
        writer.Line(lacking.Length > 0 ? $"return {lacking} ? {Message(lanes.ForceMessage)} : null;" : "return null;");
    }

    private static void Guard(SourceWriter writer, GuardModel guard, string firstLevel)
    {
        writer.Line().Summary(guard.Documentation);
        using (writer.Block($"private static string? {GuardName(guard.Id)}({Inputs}, {CSharp.Lane} from, {CSharp.Lane} to, {CSharp.Level} level)"))
        {
            List<string> outside = [];
            if (guard.Since.Id != firstLevel)
            {
                outside.Add($"level < {CSharp.LevelValue(guard.Since.Id)}");
            }

            if (guard.Until is { } until)
            {
                outside.Add($"level >= {CSharp.LevelValue(until.Id)}");
            }

            if (outside.Count > 0)
            {
                Return(string.Join(" || ", outside), "null");
            }

            for (int i = 0; i < guard.Conditions.Count; i++)
            {
                Return(Fails(guard.Conditions[i], i), Message(guard.Conditions[i].Message));
            }

            writer.Line("return null;");
        }

        void Return(string condition, string value)
        {
            using (writer.Block($"if ({condition})"))
            {
                writer.Line($"return {value};");
            }

            writer.Line();
        }
    }

    private static string Fails(ConditionModel condition, int index)
    {
        string input = "inputs." + Input(condition.Input.Id);
        string given = "given" + Literals.Number(index);
        return condition.Is switch
        {
            ConditionModel.NonBlank => IsBlank(condition.Input.Id),
            ConditionModel.True => "!" + input,
            _ => $"{input} is {{ }} {given} && {given} != inputs.{Input(condition.Other!.Value.Id)}",
        };
    }

    private static string Message(string text) => MessageTemplate.Parse(text)!.ToExpression(static name => name switch
    {
        "from" or "to" => $"({CSharp.Lanes}.Name({name}))",
        _ => $"inputs.{Input(name)}",
    });

    private static string IsBlank(string input) => $"{CSharp.Own("PythonText")}.IsBlank(inputs.{Input(input)})";

    private static string Input(string id) => Identifiers.Member(id, "GuardInputs");

    private static string GuardName(string id) => "Check" + Identifiers.Pascal(id);
}
