using Google.Protobuf;
using Slipway.Server.Instances.Broker;
using Slipway.Server.Instances.Connections;
using Slipway.Server.Instances.Live;

namespace Slipway.Server.Instances.Nodes;

/// <summary>
/// Says again what an agent should have confirmed and has not: what was told on another node did not arrive, or the agent has changed nodes in that moment.
/// Agents ignore what they know.
/// </summary>
internal sealed partial class Reminders(LiveFleet fleet, Welcomes welcomes, TimeProvider time, ILogger<Reminders> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);
    private readonly Dictionary<LiveMember, (ulong Generation, string? Cause, long Since)> open = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await RemindAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(e.Message);
            }
        }
    }

    private async Task RemindAsync(CancellationToken cancellation)
    {
        foreach (var member in open.Keys.Where(member => !IsOpen(member)).ToList())
            open.Remove(member);

        foreach (var member in fleet.Instances.SelectMany(instance => instance.Members).Where(IsOpen))
        {
            var (generation, cause) = (member.State.Assigned.Generation, member.State.Wanted?.Cause);
            if (!open.TryGetValue(member, out var known) || known.Generation != generation || known.Cause != cause)
                open[member] = (generation, cause, time.GetTimestamp());
            else if (time.GetElapsedTime(known.Since) >= Patience)
                await RemindAsync(member, cancellation);
        }
    }

    /// <summary>Only who asked for a prepare knows of it; an assignment is said by the node that holds the line.</summary>
    private static bool IsOpen(LiveMember member) =>
        member.Instance is { IsConnected: true, Facts.Transport: Transport.Direct }
        && (Unheard.Prepare(member.State) || (member.Instance.IsHere && Unheard.Assignment(member.State)));

    private async Task RemindAsync(LiveMember member, CancellationToken cancellation)
    {
        open[member] = (member.State.Assigned.Generation, member.State.Wanted?.Cause, time.GetTimestamp());
        foreach (var message in await welcomes.UnheardAsync(member, cancellation))
            member.Instance.Connection?.Send(message.ToByteArray());
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Agents could not be told again what they have not confirmed: {Reason}")]
    private partial void LogFailed(string reason);
}
