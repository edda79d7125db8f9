using System.Globalization;
using System.Resources;
using System.Runtime.CompilerServices;

namespace SpecKitty.Cli;

/// <summary>
/// The sentences of System.CommandLine without its resource file: reading one brings reflection over assemblies and their attributes into the executable, and with it objects that every
/// start makes (docs/adr/0009 has the figures). The library asks by name; a test holds the texts to its own.
/// </summary>
internal sealed class LibraryTexts : ResourceManager
{
    private LibraryTexts()
    {
    }

    /// <summary>Puts the texts in the place of the library's resources; to be done before anything of it is used.</summary>
    public static void Use()
    {
        ref var place = ref Place(null);
        if (place is not LibraryTexts)
        {
            place = new LibraryTexts();
        }
    }

    /// <inheritdoc/>
    public override string? GetString(string name, CultureInfo? culture) => Of(name);

    /// <inheritdoc/>
    public override string? GetString(string name) => Of(name);

    /// <summary>The text of that name; null for one that nothing here asks for.</summary>
    internal static string? Of(string name) => name switch
    {
        "HelpDescriptionTitle" => "Description:",
        "HelpUsageTitle" => "Usage:",
        "HelpUsageCommand" => "[command]",
        "HelpUsageOptions" => "[options]",
        "HelpUsageAdditionalArguments" => "[[--] <additional arguments>...]]",
        "HelpArgumentsTitle" => "Arguments:",
        "HelpOptionsTitle" => "Options:",
        "HelpCommandsTitle" => "Commands:",
        "HelpAdditionalArgumentsTitle" => "Additional Arguments:",
        "HelpAdditionalArgumentsDescription" => "Arguments passed to the application that is being run.",
        "HelpOptionsRequiredLabel" => "(REQUIRED)",
        "HelpArgumentDefaultValueLabel" => "default",
        "HelpOptionDescription" => "Show help and usage information",
        "RequiredCommandWasNotProvided" => "Required command was not provided.",
        "RequiredOptionWasNotProvided" => "Option '{0}' is required.",
        "CommandRequiredArgumentMissing" => "Required argument '{0}' missing for command: '{1}'.",
        "OptionRequiredArgumentMissing" => "Required argument missing for option: '{0}'.",
        "OptionExpectsOneArgument" => "Option '{0}' expects a single argument but {1} were provided.",
        "UnrecognizedArgument" => "Argument '{0}' not recognized. Must be one of:{1}",
        "UnrecognizedCommandOrArgument" => "Unrecognized command or argument '{0}'.",
        "SuggestionsTokenNotMatched" => "'{0}' was not matched. Did you mean one of the following?",
        "ArgumentConversionCannotParse" => "Cannot parse argument '{0}' as expected type '{1}'.",
        "ArgumentConversionCannotParseForCommand" => "Cannot parse argument '{0}' for command '{1}' as expected type '{2}'.",
        "ArgumentConversionCannotParseForCommand_Completions" => "Cannot parse argument '{0}' for command '{1}' as expected type '{2}'. Did you mean one of the following?{3}",
        "ArgumentConversionCannotParseForOption" => "Cannot parse argument '{0}' for option '{1}' as expected type '{2}'.",
        "ArgumentConversionCannotParseForOption_Completions" => "Cannot parse argument '{0}' for option '{1}' as expected type '{2}'. Did you mean one of the following?{3}",
        _ => null,
    };

    [UnsafeAccessor(UnsafeAccessorKind.StaticField, Name = "s_resourceManager")]
    private static extern ref ResourceManager? Place([UnsafeAccessorType("System.CommandLine.Properties.Resources, System.CommandLine")] object? type);
}
