//! Lines and texts.

use super::Surgery;
use crate::blocks::BlockId;
use crate::blocks::edit::EditError;
use crate::blocks::line::{self, Line, NewLine};
use crate::blocks::lossless::NodeId;
use crate::pickers::{LineOperator, operators};
use abac_catalog::Attribute;
use abac_syntax::AttributeSource;
use diagnostics::{Severity, Span};

impl<'b> Surgery<'b> {
    pub(super) fn set_source(
        &mut self,
        block: BlockId,
        source: AttributeSource,
    ) -> Result<(), EditError> {
        let (line, node, _) = self.line(block)?;
        let at = line.attribute.span.start;
        let end = at + 1 + line.attribute.source.as_str().len() as u32;
        // A source is written behind `@`, whatever the letter case.
        let written = Span::new(at, end).of(&self.board.text);
        if !written.starts_with('@') {
            return Err(EditError::NoForm);
        }
        self.splice(node, block, Span::new(at + 1, end), source.as_str())
    }

    pub(super) fn set_other(
        &mut self,
        block: BlockId,
        source: AttributeSource,
        body: &str,
    ) -> Result<(), EditError> {
        let (line, node, _) = self.line(block)?;
        if line.operator.is_none() {
            return Err(EditError::NoForm);
        }
        let text = format!("@{}[{body}]", source.as_str());
        self.splice(node, block, line.right_span, &text)
    }

    pub(super) fn set_attribute(
        &mut self,
        block: BlockId,
        source: AttributeSource,
        attribute: &str,
        key: &str,
    ) -> Result<(), EditError> {
        let (line, node, _) = self.line(block)?;
        let attribute = self.attribute(attribute)?;
        let body = attribute.body(key);
        let reference = format!("@{}[{body}]", source.as_str());
        let keeps = line.operator.is_none_or(|operator| attribute.takes_operator(&operator.name()));
        if keeps {
            return self.splice(node, block, line.attribute.span, &reference);
        }
        let operator = operators(attribute).into_iter().next().and_then(|choice| choice.operator);
        let same_type = operator.map(|one| one.comparison.value_type())
            == line.operator.map(|one| one.comparison.value_type());
        let values = if same_type { texts(line) } else { Vec::new() };
        let new = NewLine { source, body, operator, values };
        self.tree.set_leaf(node, new.write()?);
        Ok(())
    }

    pub(super) fn set_operator(
        &mut self,
        block: BlockId,
        operator: Option<LineOperator>,
    ) -> Result<(), EditError> {
        let (line, node, _) = self.line(block)?;
        let side = &line.attribute;
        if let (Some(new), Some(old)) = (operator, line.operator) {
            let same_type = new.comparison.value_type() == old.comparison.value_type();
            let fits = new.quantifier.is_some() == line.is_set || line.other.is_some();
            if same_type && fits {
                return self.splice(node, block, line.operator_span, &new.name());
            }
            if same_type {
                // One value and a set of one are written differently; several values for an
                // operator that takes one would not be decided, so the first stays.
                let mut texts = texts(line);
                if new.quantifier.is_none() {
                    texts.truncate(1);
                }
                let right = line::values(new, &texts, new.quantifier.is_some())?;
                let part = line.operator_span.to(line.right_span);
                return self.splice(node, block, part, &format!("{} {right}", new.name()));
            }
        }
        let (source, body) = (side.source, side.body.clone());
        let new = NewLine { source, body, operator, values: Vec::new() };
        self.tree.set_leaf(node, new.write()?);
        Ok(())
    }

    pub(super) fn set_values(
        &mut self,
        block: BlockId,
        values: &[String],
    ) -> Result<(), EditError> {
        let (line, node, _) = self.line(block)?;
        let operator = line.operator.ok_or(EditError::NoForm)?;
        if values.len() > 1 && operator.quantifier.is_none() {
            let several = operator.for_several().ok_or(EditError::NotThere)?;
            let right = line::values(several, values, true)?;
            let part = line.operator_span.to(line.right_span);
            return self.splice(node, block, part, &format!("{} {right}", several.name()));
        }
        let set = line.is_set || operator.quantifier.is_some();
        // Values that stay keep their spelling.
        let mut literals = Vec::with_capacity(values.len());
        for value in values {
            let same = line.values.iter().find(|one| one.text == *value);
            literals.push(match same {
                Some(same) => same.span.of(&self.board.text).to_owned(),
                None => line::values(operator, std::slice::from_ref(value), false)?,
            });
        }
        let right = match (literals.as_slice(), set) {
            ([], _) => line::values(operator, &[], set)?,
            (_, true) => format!("{{{}}}", literals.join(", ")),
            (_, false) => literals.concat(),
        };
        self.splice(node, block, line.right_span, &right)
    }

    pub(super) fn set_text(&mut self, block: BlockId, text: &str) -> Result<(), EditError> {
        let node = self.find(block)?.node();
        if let Some(error) = abac_syntax::parse(text)
            .diagnostics
            .iter()
            .find(|finding| finding.severity == Severity::Error)
        {
            return Err(EditError::Unreadable(error.message.clone()));
        }
        if text.trim().is_empty() {
            return Err(EditError::Unreadable("the text is empty".to_owned()));
        }
        let new = self.tree.graft(text);
        self.tree.replace(node, new);
        Ok(())
    }

    /// Replaces a part of a comparison.
    pub(super) fn splice(
        &mut self,
        node: NodeId,
        block: BlockId,
        part: Span,
        text: &str,
    ) -> Result<(), EditError> {
        let (line, ..) = self.line(block)?;
        let start = line.attribute.span.start;
        let whole = self.tree.text_of(node);
        // An `Exists` begins before its attribute.
        let before = if line.operator.is_none() {
            start.saturating_sub(line.operator_span.start)
        } else {
            0
        };
        let from = (part.start + before).checked_sub(start).ok_or(EditError::NoForm)? as usize;
        let to = (part.end + before).checked_sub(start).ok_or(EditError::NoForm)? as usize;
        let (Some(head), Some(tail)) = (whole.get(..from), whole.get(to..)) else {
            return Err(EditError::NoForm);
        };
        let text = format!("{head}{text}{tail}");
        self.tree.set_leaf(node, text);
        Ok(())
    }

    pub(super) fn attribute(&self, id: &str) -> Result<&'b Attribute, EditError> {
        self.catalog.attribute(id).ok_or_else(|| EditError::Unknown(id.to_owned()))
    }
}

fn texts(line: &Line) -> Vec<String> {
    line.values.iter().map(|value| value.text.clone()).collect()
}
