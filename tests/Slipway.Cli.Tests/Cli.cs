using Slipway.Cli.Running;
using Slipway.Cli.Tests.Fake;

namespace Slipway.Cli.Tests;

/// <summary>Runs commands in this process against a fake server: 80 columns, no terminal, no user settings.</summary>
internal sealed class Cli : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("slipway-cli-test");

    public Cli(FakeServer? server = null)
    {
        Variables["HOME"] = folder.FullName;
        if (server is not null)
        {
            Variables["SLIPWAY_SERVER"] = server.Address;
            Variables["SLIPWAY_TOKEN"] = FakeServer.Token;
        }
    }

    public Dictionary<string, string> Variables { get; } = [];

    public string Folder => folder.FullName;

    public string Input { get; set; } = "";

    /// <summary>What the person types where it is not shown.</summary>
    public string Hidden { get; init; } = "";

    public bool IsTerminal { get; set; }

    public bool HasPerson { get; set; }

    public TimeProvider? Time { get; set; }

    public string Write(string name, string content)
    {
        var path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }

    public Task<Run> RunAsync(params string[] args) => RunAsync(CancellationToken.None, args);

    public async Task<Run> RunAsync(CancellationToken interrupt, params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var exit = await CommandLine.RunAsync(args, Surroundings(output, error), interrupt);
        return new Run(exit, Tidy(output.ToString()), Tidy(error.ToString()));
    }

    public Surroundings Surroundings(TextWriter output, TextWriter error) => new()
    {
        Out = TextWriter.Synchronized(output),
        Error = TextWriter.Synchronized(error),
        In = new StringReader(Input),
        Variable = name => Variables.GetValueOrDefault(name),
        CurrentDirectory = Folder,
        IsTerminal = IsTerminal,
        HasPerson = HasPerson,
        ReadHidden = () => Hidden,
        Time = Time ?? TimeProvider.System,
    };

    public void Dispose() => folder.Delete(recursive: true);

    /// <summary>What differs from run to run.</summary>
    private string Tidy(string text) => text.ReplaceLineEndings("\n").Replace(Folder, "~", StringComparison.Ordinal);
}
