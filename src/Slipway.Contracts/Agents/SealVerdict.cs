namespace Slipway.Contracts.Agents;

/// <summary>What the seal of a broadcast says.</summary>
public enum SealVerdict
{
    /// <summary>The server made it.</summary>
    Genuine,

    /// <summary>Signed by a key this agent has not heard of: the server may have a new one.</summary>
    UnknownKey,

    /// <summary>The signature is not that key's.</summary>
    Forged,

    /// <summary>Not a message of ours.</summary>
    Malformed,
}
