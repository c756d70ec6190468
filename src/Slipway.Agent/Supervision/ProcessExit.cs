using System.Globalization;

namespace Slipway.Agent.Supervision;

/// <summary>How a process ended.</summary>
internal abstract record ProcessExit
{
    private ProcessExit()
    {
    }

    public sealed record WithCode(int Code) : ProcessExit;

    public sealed record BySignal(int Signal) : ProcessExit;

    /// <summary>It was started by an earlier agent process; only its parent is told how it ended.</summary>
    public sealed record Untold : ProcessExit;

    /// <summary>From the status waitpid answers.</summary>
    public static ProcessExit FromStatus(int status) =>
        (status & 0x7f) == 0 ? new WithCode((status >> 8) & 0xff) : new BySignal(status & 0x7f);

    /// <summary>The end of a sentence that begins with "the process".</summary>
    public sealed override string ToString() => this switch
    {
        WithCode exit => "exited with code " + exit.Code.ToString(CultureInfo.InvariantCulture),
        BySignal exit => "was killed by " + Signals.Name(exit.Signal),
        _ => "ended",
    };
}
