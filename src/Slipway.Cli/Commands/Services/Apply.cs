using System.CommandLine;
using System.Text;
using Slipway.Cli.Running;
using Slipway.Client;
using Slipway.Contracts;
using Slipway.Contracts.Services;

namespace Slipway.Cli.Commands.Services;

/// <summary>slipway apply -f slipway.yaml</summary>
internal sealed class Apply : SlipwayCommand
{
    private readonly Option<string> file = new("--file", "-f")
    {
        Description = "The file; - reads standard input",
        HelpName = "file",
        DefaultValueFactory = _ => "slipway.yaml",
    };

    private readonly Option<bool> dryRun = new("--dry-run") { Description = "Say what would change and change nothing" };

    public Apply(Surroundings surroundings)
        : base(surroundings, "apply", "Create or change a service from its slipway.yaml.")
    {
        Add(file);
        Add(dryRun);
    }

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellation)
    {
        var name = call.Get(file);
        var yaml = await ReadAsync(call, name, cancellation);
        ServiceApplied applied;
        try
        {
            applied = await call.Client.Services.ApplyAsync(yaml, call.Get(dryRun), cancellation);
        }
        catch (ApiException e) when (e.Problem is { Status: 400 or 422, Errors.Count: > 0 } && !call.Json)
        {
            call.Surroundings.Error.Write(YamlErrors.Describe(name == "-" ? "standard input" : name, yaml, e.Problem));
            return ExitCode.Usage;
        }

        if (call.Json)
            call.WriteJson(applied, ContractsJson.Default.ServiceApplied);
        else
            Tell(call, applied, call.Get(dryRun));
        return ExitCode.Done;
    }

    private static void Tell(Invocation call, ServiceApplied applied, bool dryRun)
    {
        var service = applied.Service.Name;
        call.Line((applied.Change, dryRun) switch
        {
            (AppliedChange.Unchanged, _) => $"{service} is as the file says; nothing to change.",
            (AppliedChange.Created, false) => call.Ink.Good($"✓ {service} is created."),
            (AppliedChange.Created, true) => $"{service} would be created.",
            (_, false) => call.Ink.Good($"✓ {service} is changed, revision {applied.Service.Revision}."),
            _ => $"{service} would be changed.",
        });
        foreach (var change in applied.Changes)
            call.Line("  " + change);

        if (dryRun)
            return;

        // What nothing is said about how to run is not made of files.
        var file = applied.Service.Definition is { Run: null, Unit: null } ? "" : " <folder or file>";
        if (applied.Change == AppliedChange.Created)
            call.Note($"Next: slipway publish {service} <version>{file}");
        else if (applied.Change == AppliedChange.Updated)
            call.Note("It counts for versions that are published from now on.");
    }

    private static async Task<byte[]> ReadAsync(Invocation call, string name, CancellationToken cancellation)
    {
        if (name == "-")
            return Encoding.UTF8.GetBytes(await call.Surroundings.In.ReadToEndAsync(cancellation));

        var path = Path.Combine(call.Surroundings.CurrentDirectory, name);
        return File.Exists(path)
            ? await File.ReadAllBytesAsync(path, cancellation)
            : throw StopException.Usage("file_not_found", $"{name} does not exist here.", "Give it with -f, or write one of three lines: service, run, health.");
    }
}
