using SpecKitty.Generators.Infrastructure;

namespace SpecKitty.Generators.Model;

/// <summary>A guard: conditions that must hold in order.</summary>
internal sealed record GuardModel(string Id, Reference Since, Reference? Until, EquatableArray<ConditionModel> Conditions, string Documentation);
