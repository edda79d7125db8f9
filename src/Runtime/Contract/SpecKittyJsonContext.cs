using System.Text.Json.Serialization;

namespace SpecKitty.Contract;

/// <summary>
/// The System.Text.Json context of every payload: what the generated writers are held against, and what reads and writes that need not be
/// fast may use. The payloads stand on the generated half, all of them: docs/adr/0003-writers-on-the-hot-path-contexts-beside-them.md.
/// </summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
internal sealed partial class SpecKittyJsonContext : JsonSerializerContext;
