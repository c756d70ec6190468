namespace Slipway.Contracts.Connections;

/// <summary>How Slipway reaches another system that deploys for it. Secrets go in and never come out.</summary>
public sealed record Connection
{
    /// <summary>What settings of services call it.</summary>
    public required string Name { get; init; }

    /// <summary>One of <c>GET /api/v1/connection-types</c>.</summary>
    public required string Type { get; init; }

    public required IReadOnlyDictionary<string, string> Values { get; set; }

    /// <summary>Names of the secrets it has.</summary>
    public IReadOnlyList<string> Secrets { get; set; } = [];

    public required DateTimeOffset UpdatedAt { get; init; }

    public string? UpdatedBy { get; init; }
}

/// <summary>Makes or replaces a connection.</summary>
public sealed record PutConnection
{
    public required string Type { get; init; }

    public IReadOnlyDictionary<string, string> Values { get; set; } = new Dictionary<string, string>();

    /// <summary>New secrets. One that is not named stays as it is; an empty text removes it.</summary>
    public IReadOnlyDictionary<string, string> Secrets { get; set; } = new Dictionary<string, string>();
}

/// <summary>A kind of system that can be connected, and what has to be known to connect it.</summary>
public sealed record ConnectionType
{
    public required string Name { get; init; }

    /// <summary>As people call it.</summary>
    public required string Title { get; init; }

    public required IReadOnlyList<ConnectionField> Fields { get; set; }
}

/// <summary>One value of a connection.</summary>
public sealed record ConnectionField
{
    public required string Name { get; init; }

    public required string Label { get; init; }

    /// <summary>What it means and what it may be.</summary>
    public required string Help { get; init; }

    public bool Required { get; init; }

    public bool Secret { get; init; }

    /// <summary>More than one line, such as a key.</summary>
    public bool Multiline { get; init; }

    /// <summary>What it may be, if it is one of few.</summary>
    public IReadOnlyList<string> Choices { get; set; } = [];

    public string? Default { get; init; }

    /// <summary>It only matters when the field <see cref="WhenField"/> has one of these values.</summary>
    public IReadOnlyList<string> WhenValues { get; set; } = [];

    public string? WhenField { get; init; }
}

/// <summary>What a test of a connection found, step by step; it ends at the first step that fails.</summary>
public sealed record ConnectionDiagnosis
{
    public required bool Works { get; init; }

    public required IReadOnlyList<DiagnosisStep> Steps { get; set; }
}

/// <summary>One step of a test.</summary>
/// <param name="Message">What was found, and what to do about it where it failed.</param>
public sealed record DiagnosisStep(string Name, bool Works, string Message);
