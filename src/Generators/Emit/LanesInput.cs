using SpecKitty.Generators.Infrastructure;
using SpecKitty.Generators.Model;

namespace SpecKitty.Generators.Emit;

/// <summary>What the lanes' names are made of.</summary>
/// <param name="Id">The schema's id.</param>
/// <param name="Lanes">The lanes.</param>
/// <param name="Aliases">Their other names.</param>
internal sealed record LanesInput(string Id, EquatableArray<LaneModel> Lanes, EquatableArray<AliasModel> Aliases);
