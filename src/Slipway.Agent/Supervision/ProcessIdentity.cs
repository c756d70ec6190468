using System.Text.Json.Serialization;

namespace Slipway.Agent.Supervision;

/// <summary>One process and no other: process ids are reused, together with the start time (and the boot it counts from) they are not.</summary>
/// <param name="StartTicks">Clock ticks between boot and start.</param>
internal sealed record ProcessIdentity(int Pid, long StartTicks, string Boot)
{
    /// <summary>The process with this id as it is now, or null when there is none (a zombie has ended).</summary>
    public static ProcessIdentity? Of(int pid) =>
        ProcessTable.Read(pid) is { } entry ? new(pid, entry.StartTicks, ProcessTable.Boot) : null;

    [JsonIgnore]
    public bool IsAlive =>
        Boot == ProcessTable.Boot && ProcessTable.Read(Pid) is { HasEnded: false } entry && entry.StartTicks == StartTicks;
}
