using Slipway.Contracts.Services;
using Slipway.DeploymentTypes;
using Slipway.Server.Checks.Declared.Instances;

namespace Slipway.Server.Checks.Declared.Kinds;

/// <summary>A command: on the server, without a shell and without the server's own environment; or on instances, beside the service.</summary>
internal sealed class CommandKind(IConfiguration configuration, InstanceCommand onInstances, TimeProvider clock) : ICheckKind
{
    private const string Setting = "Slipway:Checks:AllowCommands";
    private const int EvidenceLines = 20;

    private static readonly TimeSpan Within = TimeSpan.FromSeconds(20);

    private readonly bool allowed = configuration.GetValue<bool>(Setting);

    public bool Is(CheckDefinition check) => check.Command is not null;

    public string Describe(CheckDefinition check) => $"Run {Told.Short(string.Join(' ', check.Command!))} on {Place(check.Where)}";

    public bool NeedsAgents(CheckDefinition check) => check.Where != CheckPlace.Server;

    public string? Refuse(CheckDefinition check, ServiceDefinition definition) => allowed || NeedsAgents(check)
        ? null
        : $"It is a command, and this server runs none: whoever may deploy could run anything on it. Where that is meant, start it with {Setting}=true.";

    /// <summary>On an instance its agent fills them in.</summary>
    public IEnumerable<string?> Texts(CheckDefinition check) => NeedsAgents(check) ? [] : check.Command!;

    public Task<StageResult> RunAsync(CheckCall call, CancellationToken cancellation)
    {
        if (Refuse(call.Check, call.Run.Definition) is { } why)
            throw new CheckNotPossibleException(why);

        return Tries.RunAsync(call, number => NeedsAgents(call.Check) ? onInstances.AskAsync(call, number, cancellation) : AskAsync(call, cancellation));
    }

    private static string Place(CheckPlace place) => place switch
    {
        CheckPlace.Instance => "one changed instance",
        CheckPlace.Instances => "every changed instance",
        _ => "the server",
    };

    private async Task<Finding> AskAsync(CheckCall call, CancellationToken cancellation)
    {
        string[] words = [.. call.Check.Command!.Select(call.Fill)];
        var name = Told.Short(words[0]);
        var environment = call.Values.All.Append(new("PATH", Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin:/bin"));
        return await CommandRun.RunAsync(words, environment, Within, clock, cancellation) switch
        {
            CommandEnd.NotStarted failed => new Finding.Fail($"{name} could not be started ({Told.Short(failed.Why)})", ForGood: true),
            CommandEnd.TookTooLong => new Finding.Inconclusive($"{name} did not end within {Within.TotalSeconds:0} s"),
            CommandEnd.Ended { Code: 0 } => new Finding.Pass($"{name} ended with 0"),
            CommandEnd.Ended ended => new Finding.Fail($"{name} ended with {ended.Code}, expected 0{Last(ended.Output)}") { Evidence = Told.Lines(ended.Output, EvidenceLines) },
            var unknown => throw new InvalidOperationException($"Unknown end {unknown.GetType().Name}."),
        };
    }

    private static string Last(string output) => Told.Lines(output, 1) is [var line] ? $": {line}" : "";
}
