using System.Text;
using Slipway.Cli.Output;
using Slipway.Cli.Running;
using Slipway.Contracts;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Versions;

namespace Slipway.Cli.Commands.Versions;

/// <summary>slipway versions checkout 1.4.2</summary>
internal static class ShowVersion
{
    public static async Task<int> RunAsync(Invocation call, ServiceName service, VersionName name, CancellationToken cancellation)
    {
        var version = await call.Client.Versions.FindAsync(service, name, cancellation)
            ?? throw StopException.Usage("version_not_found", $"{service} has no version {name}.", $"slipway versions {service} shows which there are.");
        if (call.Json)
            call.WriteJson(version, ContractsJson.Default.ServiceVersion);
        else
            call.Out.Write(Describe(version, call));
        return ExitCode.Done;
    }

    private static string Describe(ServiceVersion version, Invocation call)
    {
        var now = call.Time.GetUtcNow();
        var text = new StringBuilder(call.Ink.Strong($"{version.Service} {version.Version}")).Append('\n');
        Add("published", $"{Words.Ago(now - version.CreatedAt)}{(version.CreatedBy is { } by ? $" by {by}" : "")}");
        if (version.Commit is { } commit)
            Add("commit", version.Branch is { } branch ? $"{commit} on {branch}" : commit);
        if (version.BuildUrl is { } build)
            text.Append($"  {"build",-11}{build}\n");
        if (version.Artifact is { } artifact)
            Add("file", $"{artifact.FileName}, {Words.Size(artifact.Size)}");
        if (version.BadBecause is { } bad)
            text.Append($"  {"bad",-11}").Append(call.Ink.Bad(Words.Wrap(Words.Printable(bad), call.Width, 13))).Append('\n');

        if (version.References.Count > 0)
        {
            var table = new TextTable("MADE", "LOCATION", "ID", "AGE", "BY");
            foreach (var made in version.References)
                table.Add(made.Kind, made.Location, made.Value, made.CreatedAt is { } at ? Words.Age(now - at) : "", made.Deployment?.Value ?? "published with it");
            text.Append('\n').Append(table.Render(call.Ink, call.Surroundings.IsTerminal ? call.Surroundings.Width : 0, indent: 2));
        }

        if (version.Commits.Count > 0)
        {
            var table = new TextTable("COMMIT", "BY", "WHAT");
            foreach (var change in version.Commits)
                table.Add(change.Sha[..Math.Min(10, change.Sha.Length)], Words.Printable(change.Author ?? ""), Words.Printable(change.Message));
            text.Append('\n').Append(table.Render(call.Ink, call.Surroundings.IsTerminal ? call.Surroundings.Width : 0, indent: 2));
        }

        return text.ToString();

        void Add(string name, string value) => text.Append($"  {name,-11}").Append(Words.Wrap(value, call.Width, 13)).Append('\n');
    }
}
