namespace Slipway.DeploymentTypes.Connections;

/// <summary>The connections that administrators have made.</summary>
public interface IConnections
{
    /// <summary>One by its name. Null: there is none.</summary>
    Task<OpenConnection?> FindAsync(string name, CancellationToken cancellation);

    /// <summary>The names of all of a type, in order.</summary>
    Task<IReadOnlyList<string>> NamesAsync(string type, CancellationToken cancellation);
}
