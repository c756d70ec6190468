namespace Slipway.FakeGate.Expressions;

internal sealed class ExpressionException(string message) : Exception(message);
