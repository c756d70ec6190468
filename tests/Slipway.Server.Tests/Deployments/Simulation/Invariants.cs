using Microsoft.EntityFrameworkCore;
using Slipway.Contracts;
using Slipway.Contracts.Deployments;
using Slipway.Contracts.Ids;
using Slipway.Server.Deployments;
using Slipway.Server.Engine;
using Slipway.Server.Targets;
using FleetRelease = Slipway.DeploymentTypes.Release;

namespace Slipway.Server.Tests.Deployments.Simulation;

/// <summary>What must be true of a target after any schedule (DESIGN §9).</summary>
internal static class Invariants
{
    public static async Task<bool> IsQuietAsync(SimulationDatabase database, TargetId target)
    {
        await using var db = database.CreateDbContext();
        return !await db.Set<DeploymentRow>().AnyAsync(row => row.Service == target.Service && row.FinishedAt == null);
    }

    public static async Task<IReadOnlyList<DeploymentId>> PausedAsync(SimulationDatabase database, TargetId target)
    {
        await using var db = database.CreateDbContext();
        return await db.Set<DeploymentRow>().Where(row => row.Service == target.Service && row.Status == DeploymentStatus.Paused).Select(row => row.Id).ToListAsync();
    }

    public static async Task CheckAsync(SimulationDatabase database, Schedule schedule)
    {
        var target = schedule.Target;
        await using var db = database.CreateDbContext();
        var events = await db.Set<EventRow>().AsNoTracking().Where(row => row.Service == target.Service).OrderBy(row => row.Id).ToListAsync();
        var rows = await db.Set<DeploymentRow>().AsNoTracking().Where(row => row.Service == target.Service).ToListAsync();
        var row = await db.Set<TargetRow>().AsNoTracking().FirstOrDefaultAsync(row => row.Service == target.Service);
        var states = rows.ToDictionary(row => row.Id, row => Fold(row, events));
        OneRunsAtMost(events);
        NobodyIsForgotten(row);
        NothingWasAssignedThatNobodyAskedFor(schedule, states);
        EveryInstanceIsWhereItShouldBe(schedule, row, [.. states.Values.Where(state => state.StartedAt is not null).OrderBy(state => LastEvent(events, state.Id))]);
    }

    /// <summary>The log has no gap, ends once, and tells the same as the row beside it.</summary>
    private static DeploymentState Fold(DeploymentRow row, List<EventRow> events)
    {
        DeploymentState? state = null;
        foreach (var next in events.Where(next => next.Deployment == row.Id))
        {
            Assert.True(next.Sequence == (state?.Sequence ?? 0) + 1, $"{row.Id}: event {next.Sequence} follows {state?.Sequence}");
            state = DeploymentRules.Apply(state, EngineJson.Read<DeploymentFact>(next.Fact), next.Time);
        }

        Assert.True(state!.IsTerminal, $"{row.Id} is still {state.Status}: {string.Join(", ", state.Stages.Select(stage => $"{stage.Plan.Name} {stage.Status} {stage.Note}"))}");
        Assert.Equal(state.Status, row.Status);
        Assert.Equal(state.Sequence, row.Sequence);
        Assert.Equal(Json(DeploymentView.Of(state)), Json(row.View));
        return state;
    }

    private static string Json(Deployment view) => System.Text.Json.JsonSerializer.Serialize(view, ContractsJson.Default.Deployment);

    private static void OneRunsAtMost(List<EventRow> events)
    {
        DeploymentId? running = null;
        foreach (var next in events)
        {
            if (next.Type == "started")
            {
                Assert.True(running is null, $"{next.Deployment} started while {running} ran");
                running = next.Deployment;
            }
            else if (next.Type == "finished" && running == next.Deployment)
            {
                running = null;
            }
        }
    }

    private static void NobodyIsForgotten(TargetRow? row)
    {
        Assert.Null(row?.RunningDeployment);
        Assert.Null(row?.QueuedDeployment);
    }

    /// <summary>Each assignment has a cause, and the cause stands for exactly that version.</summary>
    private static void NothingWasAssignedThatNobodyAskedFor(Schedule schedule, Dictionary<DeploymentId, DeploymentState> states)
    {
        var asked = states.Values.Select(state => state.Request.Release).ToHashSet();
        foreach (var (instance, release, cause) in schedule.Fleet.Log)
        {
            Assert.True(release is null || asked.Contains(release), $"{instance}: {release} for {cause}");
            if (cause.Split('/') is [var id, var stage, _])
            {
                var state = states[DeploymentId.Parse(id)];
                Assert.Equal(stage == "restore" ? state.Previous : state.Request.Release, release);
            }
        }
    }

    private static void EveryInstanceIsWhereItShouldBe(Schedule schedule, TargetRow? row, List<DeploymentState> started)
    {
        FleetRelease? should = row?.Version is { } version ? new(version, row.ConfigRevision) : null;

        // What was left as it was, on purpose (no rollback wanted) or because the way back failed too, until something has succeeded or gone back after it.
        var left = Enumerable.Reverse(started)
            .TakeWhile(state => state.Status == DeploymentStatus.Failed || should is null)
            .Where(state => state.Status == DeploymentStatus.Failed)
            .SelectMany(state => new[] { state.Request.Release, state.Previous })
            .ToHashSet();
        foreach (var member in schedule.Fleet.Members)
        {
            var history = string.Join(", ", schedule.Fleet.Log.Where(entry => entry.Instance == member.Name).Select(entry => $"{entry.Release?.Version.Value ?? "nothing"} for {entry.Cause}"));
            Assert.True(member.Assigned.Release == should || left.Contains(member.Assigned.Release), $"{member.Name} is assigned {member.Assigned.Release}, the target is on {should}; {history}");
            Assert.True(member.Agent.Generation == member.Assigned.Generation, $"{member.Name} is at {member.Agent.Generation} of {member.Assigned.Generation}");
            Assert.True(member.Agent.StartedFor >= member.Assigned.RestartGeneration, $"{member.Name} was to be restarted for {member.Assigned.RestartGeneration}, but runs since {member.Agent.StartedFor}; {history}");
            Assert.True(member.Agent.Running == member.Assigned.Release, $"{member.Name} runs {member.Agent.Running} instead of {member.Assigned.Release}; {history}");
        }
    }

    private static long LastEvent(List<EventRow> events, DeploymentId id) => events.Last(next => next.Deployment == id).Id;
}
