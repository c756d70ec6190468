using System.CommandLine;
using Slipway.Cli.Output;
using Slipway.Cli.Running;
using Slipway.Contracts;
using Slipway.Contracts.Ids;

namespace Slipway.Cli.Commands.Versions;

/// <summary>slipway versions checkout, slipway versions checkout 1.4.2</summary>
internal sealed class ListVersions : SlipwayCommand
{
    private readonly Argument<ServiceName> service;
    private readonly Argument<VersionName?> one = Names.OptionalArgument<VersionName>("version", "Everything about this one");
    private readonly Option<string> branch = new("--branch") { Description = "Only of this branch", HelpName = "name" };
    private readonly Option<int> count = Names.Count(20);

    public ListVersions(Surroundings surroundings)
        : base(surroundings, "versions", "The versions of a service, the newest first; or everything about one.")
    {
        service = Names.Service(surroundings);
        Add(service);
        Add(one);
        Add(branch);
        Add(count);
    }

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellation)
    {
        if (call.Get(one) is { } name)
            return await ShowVersion.RunAsync(call, call.Get(service), name, cancellation);

        var page = await call.Client.Versions.ListAsync(call.Get(service), call.Get(branch), call.Get(count), cancellation);
        if (call.Json)
        {
            call.WriteJson(page, ContractsJson.Default.PageServiceVersion);
            return ExitCode.Done;
        }

        if (page.Items.Count == 0)
        {
            call.Line($"{call.Get(service)} has no versions yet.");
            call.Note($"Next: slipway publish {call.Get(service)} <version> <folder or file>");
            return ExitCode.Done;
        }

        // Images have no size, and files no place: a service has the one or the other.
        var references = page.Items.Any(version => version.References.Count > 0);
        var table = new TextTable("VERSION", "AGE", references ? "MADE" : "SIZE", "COMMIT", "BRANCH", "BY", "");
        foreach (var version in page.Items)
        {
            table.Add(
                version.Version.Value,
                Words.Age(call.Time.GetUtcNow() - version.CreatedAt),
                references ? ReferenceText.Summary(version.References) : version.Artifact is { } artifact ? Words.Size(artifact.Size) : "",
                version.Commit is { } commit ? commit[..Math.Min(10, commit.Length)] : "",
                version.Branch,
                version.CreatedBy,
                new(version.BadBecause is { } bad ? Words.Printable(bad) : "", call.Ink.Bad));
        }

        call.Out.Write(table.Render(call.Ink, call.Surroundings.IsTerminal ? call.Surroundings.Width : 0));
        if (page.NextCursor is not null)
            call.Note($"There are older ones: -n {call.Get(count) * 5}");
        return ExitCode.Done;
    }
}
