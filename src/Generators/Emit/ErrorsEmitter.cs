using System;
using System.Collections.Generic;
using System.Linq;
using SpecKitty.Generators.Infrastructure;
using SpecKitty.Generators.Model;

namespace SpecKitty.Generators.Emit;

/// <summary>Emits the error codes and their catalogue.</summary>
internal static class ErrorsEmitter
{
    public static Emission Emit(ErrorsInput input)
    {
        var (model, firstLevel) = input;
        var errors = model.Errors;
        var writer = CSharp.File(model.Id.Id);
        Effects(writer);
        using (writer.Type("Why a call failed: what data.reason_code says.", "internal enum ErrorCode : byte"))
        {
            foreach (var error in errors)
            {
                writer.Summary(error.Documentation).Line(Identifiers.Pascal(error.Id) + ",");
            }
        }

        using (writer.Type(model.Documentation, "internal static class ErrorCatalog"))
        {
            writer.Summary("Every code, in the catalogue's order.").Line(
                $"public static {CSharp.List(CSharp.ErrorCode)} All => {CSharp.Array(CSharp.ErrorCode, errors.Select(Value))};");
            Switch("The code as it is written in envelopes.", "string", "Name", errors, static error => Literals.Text(error.Id), otherwise: null);
            var retryable = errors.Where(static error => error.Retryable);
            Switch("Whether the same call may succeed later without a change by the caller.", "bool", "Retryable", retryable, static _ => "true", "false");
            string usual = ErrorModel.Effects[0];
            Switch("What a call that fails with it leaves behind, unless the site knows better.", CSharp.Effect, "Effect",
                errors.Where(error => error.Effect != usual), static error => EffectValue(error.Effect), EffectValue(usual));
            writer.Line().Summary("What error_code says of it at a level: the code itself where the level documents it, else its fallback.");
            using (writer.Block($"public static {CSharp.ErrorCode} Served({CSharp.ErrorCode} code, {CSharp.Level} level) => code switch", "};"))
            {
                foreach (var error in errors.Where(static error => error.FallsBackTo is not null))
                {
                    string fallback = Value(error.FallsBackTo!.Value.Id);
                    writer.Line($"{Value(error)} => {(error.ReasonOnly ? fallback : $"level >= {CSharp.LevelValue(error.Since.Id)} ? code : {fallback}")},");
                }

                writer.Line("_ => code,");
            }

            Switch("What it means.", "string", "Documentation", errors, static error => Literals.Text(error.Documentation), otherwise: null);
            Switch("What the caller can do.", "string", "Remedy", errors, static error => Literals.Text(error.Remedy), otherwise: null);
            Switch("The payload that it adds to the data; null where it adds none.", "string?", "Data",
                errors.Where(static error => error.Data is not null), static error => Literals.Text(error.Data!.Value.Id), "null");
            Switch("The level that documents it first.", CSharp.Level, "Since",
                errors.Where(error => error.Since.Id != firstLevel), static error => CSharp.LevelValue(error.Since.Id), CSharp.LevelValue(firstLevel));
            Switch("What a level that does not document it says instead; null where every level does.", CSharp.ErrorCode + "?", "FallsBackTo",
                errors.Where(static error => error.FallsBackTo is not null), static error => Value(error.FallsBackTo!.Value.Id), "null");
            var reasons = errors.Where(static error => error.ReasonOnly);
            Switch("Whether it never is an error_code, only a reason_code.", "bool", "IsReasonOnly", reasons, static _ => "true", "false");
            TryParse(writer, errors);
        }

        return new Emission("Errors.errors.g.cs", writer.Finish(), null);

        void Switch(string documentation, string type, string name, IEnumerable<ErrorModel> some, Func<ErrorModel, string> valueOf, string? otherwise)
        {
            writer.Line().Summary(documentation);
            using (writer.Block($"public static {type} {name}({CSharp.ErrorCode} code) => code switch", "};"))
            {
                foreach (var error in some)
                {
                    writer.Line($"{Value(error)} => {valueOf(error)},");
                }

                writer.Line($"_ => {otherwise ?? "throw new global::System.ArgumentOutOfRangeException(nameof(code))"},");
            }
        }
    }

    private static void TryParse(SourceWriter writer, EquatableArray<ErrorModel> errors)
    {
        writer.Line().Summary("The code of a text; false when there is no such code.");
        using (writer.Block($"public static bool TryParse(string text, out {CSharp.ErrorCode} code)"))
        {
            using (writer.Block("switch (text)"))
            {
                foreach (var error in errors)
                {
                    writer.Line($"case {Literals.Text(error.Id)}: code = {Value(error)}; return true;");
                }

                writer.Line("default: code = default; return false;");
            }
        }
    }

    private static void Effects(SourceWriter writer)
    {
        using (writer.Type("What a failed call left behind.", "internal enum Effect : byte"))
        {
            foreach (string effect in ErrorModel.Effects)
            {
                writer.Line(Identifiers.Pascal(effect) + ",");
            }
        }

        using (writer.Type("The texts of effects.", "internal static class Effects"))
        {
            writer.Summary("The effect as it is written in envelopes.");
            using (writer.Block($"public static string Name({CSharp.Effect} effect) => effect switch", "};"))
            {
                foreach (string effect in ErrorModel.Effects)
                {
                    writer.Line($"{EffectValue(effect)} => {Literals.Text(effect)},");
                }

                writer.Line("_ => throw new global::System.ArgumentOutOfRangeException(nameof(effect)),");
            }
        }
    }

    private static string Value(ErrorModel error) => Value(error.Id);

    private static string Value(string id) => CSharp.ErrorCode + "." + Identifiers.Pascal(id);

    private static string EffectValue(string effect) => CSharp.Effect + "." + Identifiers.Pascal(effect);
}
