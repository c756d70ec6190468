namespace Slipway.Agent.Signals.Processes;

/// <summary>What the kernel shows of a process.</summary>
internal interface IProcessFiles
{
    /// <returns>The length, or below 0 the kernel's reason why not.</returns>
    int Read(int pid, ReadOnlySpan<byte> name, Span<byte> buffer);

    /// <summary>How many files it has open.</summary>
    /// <returns>Below 0 the kernel's reason why it cannot be told.</returns>
    long CountOpen(int pid);
}
