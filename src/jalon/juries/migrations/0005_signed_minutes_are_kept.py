"""Whatever signed minutes stand on is refused any change by the database, to its owner as well (R-076)."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("juries", "0004_presence_for_each_candidate")]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='addendum',
            name='addenda_stay',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='declaration',
            name='declarations_are_locked',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='finding',
            name='findings_are_locked',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='hearing',
            name='minutes_are_locked',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='vote',
            name='votes_are_locked',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='addendum',
            trigger=pgtrigger.compiler.Trigger(name='addenda_stay', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'R-076: the minutes are signed, % of % refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='5c4d11f152d853ee93bbb774adf5c1d3b7b379d5', operation='UPDATE OR DELETE', pgid='pgtrigger_addenda_stay_f1a92', table='juries_addendum', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='addendum',
            trigger=pgtrigger.compiler.Trigger(name='addenda_are_not_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF EXISTS (SELECT 1 FROM juries_hearing WHERE locked_at IS NOT NULL) THEN RAISE EXCEPTION 'R-076: the minutes are signed, % of % refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NULL;", hash='1f750e7bd1c80348485e563a6fa8d89f58143431', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_addenda_are_not_emptied_16f74', table='juries_addendum', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='declaration',
            trigger=pgtrigger.compiler.Trigger(name='declarations_are_locked', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM 1 FROM juries_hearing h WHERE h.id IN (NEW.hearing_id, OLD.hearing_id) FOR SHARE; IF EXISTS (SELECT 1 FROM juries_hearing h WHERE h.id IN (NEW.hearing_id, OLD.hearing_id) AND h.locked_at IS NOT NULL) THEN RAISE EXCEPTION 'R-076: the minutes are signed, % of % refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN COALESCE(NEW, OLD);", hash='31bd70b2db95f43ca07b41d27cbc6f3457ea19c3', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_declarations_are_locked_81595', table='juries_declaration', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='declaration',
            trigger=pgtrigger.compiler.Trigger(name='declarations_are_not_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF EXISTS (SELECT 1 FROM juries_hearing WHERE locked_at IS NOT NULL) THEN RAISE EXCEPTION 'R-076: the minutes are signed, % of % refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NULL;", hash='99fdea8ce685f0d53c0e39896c8bb671f74cc473', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_declarations_are_not_emptied_ab034', table='juries_declaration', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='finding',
            trigger=pgtrigger.compiler.Trigger(name='findings_are_locked', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM 1 FROM juries_hearing h WHERE h.id IN (NEW.hearing_id, OLD.hearing_id) FOR SHARE; IF EXISTS (SELECT 1 FROM juries_hearing h WHERE h.id IN (NEW.hearing_id, OLD.hearing_id) AND h.locked_at IS NOT NULL) THEN RAISE EXCEPTION 'R-076: the minutes are signed, % of % refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN COALESCE(NEW, OLD);", hash='4c47e622c54da16772dbeb0dfbcea12a660fc01c', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_findings_are_locked_9c36c', table='juries_finding', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='finding',
            trigger=pgtrigger.compiler.Trigger(name='findings_are_not_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF EXISTS (SELECT 1 FROM juries_hearing WHERE locked_at IS NOT NULL) THEN RAISE EXCEPTION 'R-076: the minutes are signed, % of % refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NULL;", hash='3df46064283542bc49497cfe4cff0231feea6f7e', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_findings_are_not_emptied_bc6ed', table='juries_finding', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='hearing',
            trigger=pgtrigger.compiler.Trigger(name='minutes_are_locked', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."locked_at" IS NOT NULL)', func="RAISE EXCEPTION 'R-076: the minutes are signed, % of % refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='8942d32ebb980803228028b0e70e42c6b92de8d9', operation='UPDATE OR DELETE', pgid='pgtrigger_minutes_are_locked_7becd', table='juries_hearing', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='hearing',
            trigger=pgtrigger.compiler.Trigger(name='minutes_are_not_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF EXISTS (SELECT 1 FROM juries_hearing WHERE locked_at IS NOT NULL) THEN RAISE EXCEPTION 'R-076: the minutes are signed, % of % refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NULL;", hash='a320ffcb4cef6ec7137019d46ac36dc8356abdd3', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_minutes_are_not_emptied_76db5', table='juries_hearing', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='seat',
            trigger=pgtrigger.compiler.Trigger(name='seats_are_locked', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM 1 FROM juries_hearing h WHERE h.session_id IN (NEW.session_id, OLD.session_id) FOR SHARE; IF EXISTS (SELECT 1 FROM juries_hearing h WHERE h.session_id IN (NEW.session_id, OLD.session_id) AND h.locked_at IS NOT NULL) THEN RAISE EXCEPTION 'R-076: the minutes are signed, % of % refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN COALESCE(NEW, OLD);", hash='5926e72ec109708d45d9e231e0f60a3f12420e35', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_seats_are_locked_d2ff5', table='juries_seat', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='seat',
            trigger=pgtrigger.compiler.Trigger(name='seats_are_not_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF EXISTS (SELECT 1 FROM juries_hearing WHERE locked_at IS NOT NULL) THEN RAISE EXCEPTION 'R-076: the minutes are signed, % of % refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NULL;", hash='d215107da47917668cffb6eba292f025a8efeb7f', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_seats_are_not_emptied_5bb01', table='juries_seat', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='session',
            trigger=pgtrigger.compiler.Trigger(name='sessions_are_locked', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM 1 FROM juries_hearing h WHERE h.session_id = OLD.id FOR SHARE; IF EXISTS (SELECT 1 FROM juries_hearing h WHERE h.session_id = OLD.id AND h.locked_at IS NOT NULL) THEN RAISE EXCEPTION 'R-076: the minutes are signed, % of % refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN COALESCE(NEW, OLD);", hash='17e7d4066d4a2596734f11c5f8c8c5b63722fe3a', operation='UPDATE OR DELETE', pgid='pgtrigger_sessions_are_locked_b4622', table='juries_session', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='session',
            trigger=pgtrigger.compiler.Trigger(name='sessions_are_not_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF EXISTS (SELECT 1 FROM juries_hearing WHERE locked_at IS NOT NULL) THEN RAISE EXCEPTION 'R-076: the minutes are signed, % of % refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NULL;", hash='dd22869dc3760a7d026c644ce867d8971e99f49e', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_sessions_are_not_emptied_933b9', table='juries_session', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='vote',
            trigger=pgtrigger.compiler.Trigger(name='votes_are_locked', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM 1 FROM juries_hearing h WHERE h.id IN (NEW.hearing_id, OLD.hearing_id) FOR SHARE; IF EXISTS (SELECT 1 FROM juries_hearing h WHERE h.id IN (NEW.hearing_id, OLD.hearing_id) AND h.locked_at IS NOT NULL) THEN RAISE EXCEPTION 'R-076: the minutes are signed, % of % refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN COALESCE(NEW, OLD);", hash='745ed32cfc4bae6cfd0cbe22acef2a6cda3848a4', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_votes_are_locked_b2d41', table='juries_vote', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='vote',
            trigger=pgtrigger.compiler.Trigger(name='votes_are_not_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF EXISTS (SELECT 1 FROM juries_hearing WHERE locked_at IS NOT NULL) THEN RAISE EXCEPTION 'R-076: the minutes are signed, % of % refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NULL;", hash='1c89d4999768a2e8fa2da43cd0ee74e3cb9d6684', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_votes_are_not_emptied_748e1', table='juries_vote', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='vacancy',
            trigger=pgtrigger.compiler.Trigger(name='vacancies_are_locked', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM 1 FROM juries_hearing h WHERE h.id IN (NEW.hearing_id, OLD.hearing_id) FOR SHARE; IF EXISTS (SELECT 1 FROM juries_hearing h WHERE h.id IN (NEW.hearing_id, OLD.hearing_id) AND h.locked_at IS NOT NULL) THEN RAISE EXCEPTION 'R-076: the minutes are signed, % of % refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN COALESCE(NEW, OLD);", hash='9729d90099287db0664932dc332594f9581322ba', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_vacancies_are_locked_58de1', table='juries_vacancy', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='vacancy',
            trigger=pgtrigger.compiler.Trigger(name='vacancies_are_not_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF EXISTS (SELECT 1 FROM juries_hearing WHERE locked_at IS NOT NULL) THEN RAISE EXCEPTION 'R-076: the minutes are signed, % of % refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NULL;", hash='83c6ccb0d161cdd333b6e2b556ff317c1076ff0c', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_vacancies_are_not_emptied_1a84d', table='juries_vacancy', when='BEFORE')),
        ),
    ]
