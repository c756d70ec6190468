namespace Slipway.Contracts.Services;

/// <summary>How many versions stay ready on an instance. The running and the previous one always stay.</summary>
public sealed record KeepDefinition
{
    public int Versions { get; set; } = 5;

    /// <summary>Bytes all kept versions of the service may use; the oldest go first. Absent: no budget.</summary>
    public long? Disk { get; init; }
}
