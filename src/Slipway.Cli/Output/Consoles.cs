using Slipway.Cli.Running;
using Spectre.Console;

namespace Slipway.Cli.Output;

/// <summary>Spectre's console, for what moves; everything else is written directly, because starting this costs milliseconds.</summary>
internal static class Consoles
{
    public static IAnsiConsole For(Invocation call)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = call.Ink.On ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.Yes,
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
            Out = new AnsiConsoleOutput(call.Out),
        });
        console.Profile.Width = call.Surroundings.Width;
        console.Profile.Capabilities.Unicode = true;
        return console;
    }
}
