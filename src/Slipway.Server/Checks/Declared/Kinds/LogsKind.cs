using System.Collections.Concurrent;
using Slipway.Contracts.Agents;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Services;
using Slipway.DeploymentTypes;
using Slipway.Server.Checks.Declared.Instances;
using Slipway.Server.Checks.Signals;
using Slipway.Server.Checks.Verdicts;
using Slipway.Server.Instances.Live;
using Slipway.Server.Instances.Releases;

namespace Slipway.Server.Checks.Declared.Kinds;

/// <summary>Lines that changed instances print. Their agents count them; this asks for the counts, not for the lines.</summary>
internal sealed class LogsKind(LiveFleet fleet, SignalDesk desk, LastLines lines) : ICheckKind
{
    private const int EvidenceLines = 20;

    /// <summary>Agents answer at once; whoever has not by then is taken for silent.</summary>
    private static readonly TimeSpan AnswersWithin = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(1);

    /// <summary>Of checks that ended in another way than by this: cancelled, paused.</summary>
    private static readonly TimeSpan Forgotten = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, Asked> open = new();

    public bool Is(CheckDefinition check) => check.Logs is not null;

    public string Describe(CheckDefinition check) => $"Count {LineRules.What(check.Logs!)} of changed instances for {check.Logs!.For}";

    public bool NeedsAgents(CheckDefinition check) => true;

    public async Task<StageResult> RunAsync(CheckCall call, CancellationToken cancellation)
    {
        Forget(call.Now);
        var members = ChangedInstances.Of(fleet, call.Run.Target, call.Run.Release, call.Run.Deployment);
        var asked = Ask(call, members);
        if (call.Now - asked.FirstAt < AnswersWithin && members.Any(member => member.Instance.IsConnected && asked.Book.Find(member.Instance.Name) is not { NextStep: > 0 }))
            return new StageResult.Waiting(AskAgain) { Note = "asking the instances" };

        var result = await Tries.RunAsync(call, _ => FindAsync(call, asked.Book, members));
        if (result is not StageResult.Waiting)
            Close(call.Run.Key);

        return result;
    }

    private Asked Ask(CheckCall call, IReadOnlyList<LiveMember> members)
    {
        var asked = open.TryGetValue(call.Run.Key, out var known)
            ? known with { LastAt = call.Now }
            : new(desk.Open(call.Run.Target.Service, [LineSeries.Of(call.Check.Logs!)]), call.Now, call.Now);
        open[call.Run.Key] = asked;
        asked.Book.Ask(members);
        return asked;
    }

    private async Task<Finding> FindAsync(CheckCall call, SignalBook book, IReadOnlyList<LiveMember> members)
    {
        var check = call.Check.Logs!;
        var finding = LineRules.Judge(check, [.. members.Select(member => CountedLines.Of(book, member.Instance.Name, member.State.Assigned.Generation, check))], book.StepMs);
        return finding is Finding.Fail { Instance: { } instance } fail ? fail with { Evidence = await EvidenceAsync(instance, call.Run.Target.Service, check) } : finding;
    }

    private async Task<IReadOnlyList<string>> EvidenceAsync(InstanceName instance, ServiceName service, LogCheck check)
    {
        if (await lines.OfAsync(instance, service) is not { } last)
            return [];

        var lineIsOne = check.Pattern is { } text && LinePattern.TryParse(text, out var pattern) ? pattern.IsMatch : (Func<string, bool>)(_ => true);
        return Told.Lines(string.Join('\n', last.Lines.Where(lineIsOne)), EvidenceLines);
    }

    private void Forget(DateTimeOffset now)
    {
        foreach (var (key, asked) in open)
        {
            if (now - asked.LastAt > Forgotten)
                Close(key);
        }
    }

    private void Close(string key)
    {
        if (open.TryRemove(key, out var asked))
            asked.Book.Dispose();
    }

    private sealed record Asked(SignalBook Book, DateTimeOffset FirstAt, DateTimeOffset LastAt);
}
