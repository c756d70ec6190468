namespace Slipway.Agent.Signals.Processes;

/// <summary>What the processes of a service use together. NaN: not known.</summary>
internal readonly record struct UsedResources(double Cpu, double Memory, double Threads, double Files, double Disk, double Network)
{
    public static readonly UsedResources None = new(double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);

    public void Write(SignalRing ring)
    {
        ring.Set(SignalNames.Cpu, Cpu);
        ring.Set(SignalNames.Memory, Memory);
        ring.Set(SignalNames.Threads, Threads);
        ring.Set(SignalNames.Files, Files);
        ring.Set(SignalNames.Disk, Disk);
        ring.Set(SignalNames.Network, Network);
    }
}
