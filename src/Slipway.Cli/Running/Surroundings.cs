using System.Text;

namespace Slipway.Cli.Running;

/// <summary>Everything of the process a command may touch; tests give another one.</summary>
internal sealed record Surroundings
{
    public required TextWriter Out { get; init; }

    public required TextWriter Error { get; init; }

    public required TextReader In { get; init; }

    public required Func<string, string?> Variable { get; init; }

    public required string CurrentDirectory { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>A person looks at it: live view, colours, progress.</summary>
    public bool IsTerminal { get; init; }

    public bool ErrorIsTerminal { get; init; }

    /// <summary>Somebody sees a question and can answer it.</summary>
    public bool HasPerson { get; init; }

    /// <summary>Reads a line that must not be seen, such as a secret; only where <see cref="HasPerson"/>.</summary>
    public required Func<string> ReadHidden { get; init; }

    /// <summary>Columns of the terminal; 80 where there is none.</summary>
    public int Width { get; init; } = 80;

    /// <summary>Where XDG says settings belong.</summary>
    public string SettingsFile
    {
        get
        {
            var folder = Variable("XDG_CONFIG_HOME") is { Length: > 0 } xdg && Path.IsPathRooted(xdg)
                ? xdg
                : Path.Combine(Variable("HOME") ?? CurrentDirectory, ".config");
            return Path.Combine(folder, "slipway", "config.json");
        }
    }

    public static Surroundings OfThisProcess()
    {
        var terminal = !Console.IsOutputRedirected;
        return new Surroundings
        {
            Out = Utf8(Console.OpenStandardOutput()),
            Error = Utf8(Console.OpenStandardError()),
            In = new StreamReader(Console.OpenStandardInput()),
            ReadHidden = HiddenInput.Read,
            Variable = Environment.GetEnvironmentVariable,
            CurrentDirectory = Environment.CurrentDirectory,
            IsTerminal = terminal && Environment.GetEnvironmentVariable("TERM") != "dumb",
            ErrorIsTerminal = !Console.IsErrorRedirected,
            HasPerson = !Console.IsInputRedirected && !Console.IsErrorRedirected,
            Width = terminal ? Math.Max(40, Console.WindowWidth) : 80,
        };
    }

    private static StreamWriter Utf8(Stream stream) => new(stream, new UTF8Encoding(false)) { AutoFlush = true };
}
