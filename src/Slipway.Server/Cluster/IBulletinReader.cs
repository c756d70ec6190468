namespace Slipway.Server.Cluster;

/// <summary>Hears of rows that other nodes have changed. Must not wait.</summary>
internal interface IBulletinReader
{
    void Read(Bulletin kind, IReadOnlyList<string> names);

    /// <summary>Some may have been missed: everything has to be looked at again.</summary>
    void ReadAll();
}
