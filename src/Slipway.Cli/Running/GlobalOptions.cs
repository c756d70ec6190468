using System.CommandLine;

namespace Slipway.Cli.Running;

/// <summary>What every command takes.</summary>
internal static class GlobalOptions
{
    public const string Server = "--server";
    public const string Token = "--token";
    public const string Json = "--json";
    public const string NoColor = "--no-color";

    public static IEnumerable<Option> Create() =>
    [
        new Option<string>(Server) { Description = "The server's address (or SLIPWAY_SERVER, or from login)", HelpName = "url", Recursive = true },
        new Option<string>(Token) { Description = "The API token (or SLIPWAY_TOKEN, or from login)", HelpName = "token", Recursive = true },
        new Option<bool>(Json) { Description = "Write JSON; one event a line while watching", Recursive = true },
        new Option<bool>(NoColor) { Description = "No colours (or NO_COLOR)", Recursive = true },
    ];
}
