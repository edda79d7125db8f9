using SpecKitty.Generators.Model;

namespace SpecKitty.Generators.Parsing;

/// <summary>Reads contract.json.</summary>
internal static class ContractParser
{
    public static ContractModel Parse(SchemaFile file, ObjectReader reader, SchemaHead head) => new(head.Id, head.Documentation)
    {
        Group = reader.Text("group"),
        Executable = reader.Text("executable"),
        UnknownCommand = reader.Text("unknownCommand"),
        DefaultLevel = reader.Reference("defaultLevel"),
        MinSupportedProviderVersion = reader.Text("minSupportedProviderVersion"),
        MaxEnvelopeBytes = reader.Number("maxEnvelopeBytes", required: true) ?? 0,
        Commands = reader.References("commands", required: true),
        Levels = Entries.Read(file, reader, "levels", "contract level", IdForm.Level, static (entry, id) =>
            new LevelModel(id, entry.Text(Entries.Documentation))),
        Capabilities = Entries.Read(file, reader, "capabilities", "capability", IdForm.Dashed, static (entry, id) =>
            new CapabilityModel(id, entry.Text(Entries.Documentation))),
        ExitStatuses = Entries.Read(file, reader, "exitStatuses", "exit status", IdForm.Dashed, static (entry, id) =>
            new ExitStatusModel(id, entry.Number("value", required: true) ?? 0, entry.Text(Entries.Documentation))),
        Environment = Entries.Read(file, reader, "environment", "environment variable", IdForm.Dashed, static (entry, id) =>
            new EnvironmentModel(id, entry.Text("name"), entry.Number("default"), entry.Text(Entries.Documentation))),
    };
}
