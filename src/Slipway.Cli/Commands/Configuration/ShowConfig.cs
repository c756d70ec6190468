using System.CommandLine;
using Slipway.Cli.Output;
using Slipway.Cli.Running;
using Slipway.Contracts;
using Slipway.Contracts.Configuration;
using Slipway.Contracts.Ids;

namespace Slipway.Cli.Commands.Configuration;

/// <summary>slipway config show checkout --in production</summary>
internal sealed class ShowConfig : SlipwayCommand
{
    private readonly Argument<ServiceName> service;
    private readonly Option<EnvironmentName> environment;
    private readonly Option<int?> revision = new("--revision") { Description = "Default: the newest", HelpName = "number" };

    public ShowConfig(Surroundings surroundings)
        : base(surroundings, "show", "Show a config revision. Secrets are shown by name only.")
    {
        service = Names.Service(surroundings);
        environment = Names.Environment(surroundings, "--in", "Where");
        Add(service);
        Add(environment);
        Add(revision);
    }

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellation)
    {
        var target = new TargetId(call.Get(service), call.Get(environment));
        var config = call.Get(revision) is { } number
            ? await call.Client.Configuration.GetAsync(target, number, cancellation)
            : await call.Client.Configuration.FindNewestAsync(target, cancellation);
        if (config is null)
        {
            throw StopException.Usage(
                "no_config", $"{target.Service} has no config revision in {target.Environment} yet.", $"slipway config set {target.Service} --in {target.Environment} KEY=VALUE makes one.");
        }

        if (call.Json)
            call.WriteJson(config, ContractsJson.Default.ConfigRevision);
        else
            Tell(call, config);
        return ExitCode.Done;
    }

    private static void Tell(Invocation call, ConfigRevision config)
    {
        var by = config.CreatedBy is { } who ? $" by {who}" : "";
        call.Line(call.Ink.Strong($"{config.Target.Service} in {config.Target.Environment}, revision {config.Number}") + $"   {Words.Ago(call.Time.GetUtcNow() - config.CreatedAt)}{by}");
        foreach (var (name, value) in config.Values.OrderBy(v => v.Key, StringComparer.Ordinal))
            call.Line($"  {name}={Words.Printable(value)}");
        foreach (var name in config.SecretNames.Order(StringComparer.Ordinal))
            call.Line($"  {name}={call.Ink.Dim("(secret)")}");
    }
}
