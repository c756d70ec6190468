namespace Slipway.Server.Access;

/// <summary>Where a key is kept that the server has made.</summary>
internal interface IKeyKeep
{
    string? Find(string name);

    /// <summary>Keeps it, unless another node has kept one under that name in the same moment. Answers the one that counts.</summary>
    string Keep(string name, string pem);
}
