using Slipway.Contracts.Connections;

namespace Slipway.DeploymentTypes.Connections;

/// <summary>A kind of system that deployment types drive, and how to reach one.</summary>
public interface IConnectionType
{
    /// <summary>What has to be known to connect one. Its name is what a connection calls its type.</summary>
    ConnectionType Describe { get; }

    /// <summary>What is wrong with the values, by field, before anything is stored. Reads nothing but the values.</summary>
    IReadOnlyList<SettingsMistake> Check(OpenConnection connection);

    /// <summary>Tries it for real, step by step, and says what to do about the first step that fails. Changes nothing there.</summary>
    Task<ConnectionDiagnosis> TestAsync(OpenConnection connection, CancellationToken cancellation);
}
