using Slipway.Contracts.Deployments;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Services;

namespace Slipway.DeploymentTypes.Trigger;

/// <summary>Strategy and instances to stages. Pure.</summary>
internal static class TriggerPlan
{
    public const string PrepareKind = "prepare";
    public const string ActivateKind = "activate";
    public const string RestartKind = "restart";
    public const string SoakKind = "soak";
    public const string VerdictKind = "verdict";
    public const string RestoreKind = "restore";

    /// <summary>Above everything the definition allows an agent: the way there and back, and a loaded machine.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(30);

    public static PlanResult Make(PlanRequest request, IReadOnlyList<FleetMember> members)
    {
        InstanceName[] present = [.. members.Where(m => m.Connected).Select(m => m.Instance)];
        InstanceName[] absent = [.. members.Where(m => !m.Connected).Select(m => m.Instance)];
        var (service, environment) = request.Target;
        if (present is [])
        {
            return new PlanResult.Impossible("no_instances", absent is []
                ? $"No instance runs {service} in {environment}. Join one: slipway agents token --environment {environment}, then the line it prints, with --service {service}."
                : $"None of the {absent.Length} instances that run {service} in {environment} is connected. Start their agents (slipway-agent run), then deploy again.");
        }

        if (request.Strategy is not (AllAtOnce or Rolling or Canary))
            return new PlanResult.Impossible("strategy_not_possible", "Instances that stay are changed all at once, rolling or as a canary: choose one of these strategies.");

        var stages = new List<PlannedStage> { Prepare(request, present) };
        stages.AddRange(WithVerdicts(request, Activations(request, present)));
        return new PlanResult.Planned(stages) { Absent = absent, Warnings = Warnings(request, present, absent) };
    }

    /// <summary>The instances that begun stages have changed, in the order of their change.</summary>
    public static IEnumerable<InstanceName> Changed(IEnumerable<PlannedStage> begun) =>
        begun.Where(stage => stage.Kind is ActivateKind or RestartKind).SelectMany(stage => stage.Instances).Distinct();

    public static PlannedStage Restore(IReadOnlyList<InstanceName> changed, Release? previous, ServiceDefinition definition) => new()
    {
        Name = "restore",
        Kind = RestoreKind,
        Description = previous is null
            ? $"Stop it on {Counted(changed.Count)}: nothing ran before"
            : $"Activate {previous.Version} again on {Counted(changed.Count)}, all at once",
        Instances = changed,
        Deadline = ActivationDeadline(definition),
    };

    private static PlannedStage Prepare(PlanRequest request, IReadOnlyList<InstanceName> instances) => new()
    {
        Name = "prepare",
        Kind = PrepareKind,
        Description = $"Fetch and unpack {request.Release.Version} on {Counted(instances.Count)}",
        Instances = instances,
        Deadline = new(request.Definition.Prepare.Deadline.Time + Margin),
    };

    private static IEnumerable<PlannedStage> Activations(PlanRequest request, InstanceName[] instances) => request.Strategy switch
    {
        AllAtOnce => [Activate(request, "activate", instances)],
        Rolling rolling => Batches(request, instances, rolling.Batch.Of(instances.Length), rolling.Pause),
        Canary canary => Canaries(request, instances, canary),
        var unknown => throw new InvalidOperationException($"No plan for the strategy {unknown.GetType().Name}."),
    };

    private static IEnumerable<PlannedStage> Canaries(PlanRequest request, InstanceName[] instances, Canary canary)
    {
        var done = 0;
        for (var step = 0; step < canary.Steps.Count; step++)
        {
            var upTo = canary.Steps[step].Instances.Of(instances.Length);
            if (upTo > done)
                yield return Activate(request, $"canary-{step + 1}", instances[done..upTo]);

            done = Math.Max(done, upTo);
            if (canary.Steps[step].Soak != Duration.Zero)
                yield return Soak($"soak-{step + 1}", canary.Steps[step].Soak, done);
        }

        foreach (var stage in Batches(request, instances[done..], canary.Batch.Of(instances.Length), Duration.Zero))
            yield return stage;
    }

    private static IEnumerable<PlannedStage> Batches(PlanRequest request, InstanceName[] instances, int size, Duration pause)
    {
        InstanceName[][] batches = [.. instances.Chunk(size)];
        for (var i = 0; i < batches.Length; i++)
        {
            yield return Activate(request, $"batch-{i + 1}", batches[i]);
            if (pause != Duration.Zero && i < batches.Length - 1)
                yield return Soak($"pause-{i + 1}", pause, Math.Min(instances.Length, (i + 1) * size));
        }
    }

    /// <summary>Where a deployment waits for an answer, it does so after each batch and its soak. The first of a target has nothing to be compared with, and does not wait.</summary>
    private static IEnumerable<PlannedStage> WithVerdicts(PlanRequest request, IEnumerable<PlannedStage> stages)
    {
        var verdict = request.Definition.VerdictIn(request.Target.Environment);
        var waits = request is { Kind: DeploymentKind.Deploy, Current: not null } && verdict is { Enabled: true, DryRun: false, Inconclusive: not WhenInconclusive.Continue } && verdict.Patience != Duration.Zero;
        var (batches, open) = (0, false);
        foreach (var stage in stages)
        {
            if (open && stage.Kind == ActivateKind)
                yield return Verdict(++batches, verdict);

            open = waits;
            yield return stage;
        }

        if (open)
            yield return Verdict(++batches, verdict);
    }

    private static PlannedStage Verdict(int number, VerdictDefinition verdict) => new()
    {
        Name = $"verdict-{number}",
        Kind = VerdictKind,
        Description = $"Wait up to {verdict.Patience} for a verdict on what was changed so far{(verdict.Inconclusive == WhenInconclusive.Fail ? "; without one it is taken back" : "")}",
        Deadline = new(verdict.Patience.Time + Margin),
        Wait = verdict.Patience,
    };

    private static PlannedStage Activate(PlanRequest request, string name, IReadOnlyList<InstanceName> instances) => new()
    {
        Name = name,
        Kind = request.IsRestart ? RestartKind : ActivateKind,
        Description = request.IsRestart
            ? $"Restart {request.Release.Version} on {Counted(instances.Count)} and check health"
            : $"Switch {Counted(instances.Count)} to {request.Release.Version} and check health",
        Instances = instances,
        Deadline = ActivationDeadline(request.Definition),
    };

    private static PlannedStage Soak(string name, Duration wait, int watched) => new()
    {
        Name = name,
        Kind = SoakKind,
        Description = $"Watch the {Counted(watched)} changed so far for {wait}",
        // Time that was interrupted does not count; whoever is interrupted for so long will not get through.
        Deadline = new((wait.Time * 3) + Absence.Grace + Margin),
        Wait = wait,
    };

    private static Duration ActivationDeadline(ServiceDefinition definition) => new(
        (definition.Drain.Wait?.Time ?? TimeSpan.FromSeconds(2))
        + definition.Drain.Deadline.Time
        + definition.Stop.Grace.Time
        + definition.Health.Deadline.Time
        + definition.Health.Settle.Time
        + Margin);

    private static List<string> Warnings(PlanRequest request, InstanceName[] present, InstanceName[] absent)
    {
        var warnings = new List<string>();
        if (absent is not [])
            warnings.Add($"{Counted(absent.Length)} not connected; {(request.IsRestart ? "they are not restarted" : "they converge by themselves when they return")}.");

        if (present.Length == 1 || request.Strategy is AllAtOnce)
            warnings.Add("No instance serves while they restart: " + (present.Length == 1 ? "there is only one." : "all are changed at once."));

        return warnings;
    }

    private static string Counted(int instances) => instances == 1 ? "1 instance" : $"{instances} instances";
}
